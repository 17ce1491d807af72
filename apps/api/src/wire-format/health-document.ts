/** Null: the check passed. Else what to tell the operator. */
export type HealthFindings = readonly (string | null)[];

/** The body of /health/extended (reference 01 §1.3). */
export function healthDocument(
  findings: HealthFindings,
): Readonly<Record<string, unknown>> & { readonly code: number } {
  const failures = findings.filter((finding) => finding !== null);
  const isHealthy = failures.length === 0;
  return {
    kind: 'Status',
    apiVersion: 'v1.0',
    metadata: {},
    status: isHealthy ? 'Success' : 'Failure',
    message: isHealthy ? '' : 'Drydock failed to respond',
    reason: 'HealthCheck',
    details: {
      errorCount: failures.length,
      messageList: failures.map((message) => ({ message, error: true, kind: 'SimpleMessage' })),
    },
    code: isHealthy ? 200 : 503,
  };
}
