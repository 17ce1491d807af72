import type { MoveListener } from '@drydock/model/db';

/** What `/readyz` says of LISTEN: without it a scheduler is ready all the same, only later to learn of a move. */
export function remarkOnListen(
  { isListening }: Pick<MoveListener, 'isListening'>,
  pollMilliseconds: number,
): string | undefined {
  if (isListening) return undefined;
  return `no LISTEN, polling every ${pollMilliseconds} ms; DATABASE_DIRECT_URL must reach Postgres itself, not a pooler`;
}
