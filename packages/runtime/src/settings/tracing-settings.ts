import { string } from 'yup';

const url = () =>
  string().test(
    'http',
    '${path} must be an http or https URL',
    (text) => text === undefined || /^https?:\/\/[^/]/.test(text),
  );

/** Where spans go; none: nowhere, and nothing of OpenTelemetry is loaded. Names and meanings are OpenTelemetry's own. */
export const tracingSettings = {
  otlpEndpoint: url().meta({ env: 'OTEL_EXPORTER_OTLP_ENDPOINT' }),
  otlpTracesEndpoint: url().meta({ env: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' }),
  otelServiceName: string().meta({ env: 'OTEL_SERVICE_NAME' }),
};
