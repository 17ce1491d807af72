import type { EventEmitter } from 'node:events';
import type { Log } from '../logging/log.js';

/** The parts of `process` that are used. */
export interface SignalHost extends Pick<EventEmitter, 'on' | 'removeListener'> {
  exit(code: number): void;
  /** The channel to the process that started us, if it made one; it must not keep us alive. */
  readonly channel?: { unref(): void } | null | undefined;
}

export interface StopOnSignalsOptions {
  /** Closes everything; called once. */
  readonly stop: () => Promise<void>;
  readonly log: Log;
  readonly host?: SignalHost;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C reaches us from the terminal and again from npm, which forwards it: that is one wish, not two. */
const sameWishMs = 500;

/**
 * For main files: the first SIGINT, SIGTERM or SIGHUP, or the death of the supervisor that started us, closes
 * everything and ends the process (0; 1 if something would not close); a second signal ends it at once.
 * Returns a function that takes the handlers away again.
 */
export function stopOnSignals(options: StopOnSignalsOptions): () => void {
  const host: SignalHost = options.host ?? process;
  const now = options.now ?? (() => performance.now());
  let stoppingSince: number | undefined;
  const onReason = (reason: string): void => {
    if (stoppingSince === undefined) {
      stoppingSince = now();
      void stopAndExit(options, host, reason);
    } else if (now() - stoppingSince > sameWishMs) {
      options.log.warn('stopped at once by a second signal', { reason });
      host.exit(130);
    }
  };
  const onDisconnect = (): void => onReason('supervisor gone');
  for (const signal of signals) host.on(signal, onReason);
  host.on('disconnect', onDisconnect);
  host.channel?.unref();
  return () => {
    for (const signal of signals) host.removeListener(signal, onReason);
    host.removeListener('disconnect', onDisconnect);
  };
}

async function stopAndExit({ stop, log }: StopOnSignalsOptions, host: SignalHost, reason: string): Promise<void> {
  log.info('stopping', { reason });
  try {
    await stop();
    host.exit(0);
  } catch (error) {
    log.error('stopping failed', { error });
    host.exit(1);
  }
}
