export { readConfig } from './config/read-config.js';
export { secretSetting } from './config/secret-setting.js';
export { announceHolder, type AnnouncedHolder } from './connections/announce-holder.js';
export { isPooled } from './connections/is-pooled.js';
export {
  type Connections,
  type ConnectionOptions,
  openConnections,
  type QueuePlace,
} from './connections/open-connections.js';
export { openPulse, type Pulse, type PulseOptions } from './connections/open-pulse.js';
export { type HealthOptions, type ServedHealth, serveHealth } from './connections/serve-health.js';
export { ProcessReadiness } from './health/process-readiness.js';
export {
  type CheckResult,
  type HealthCheck,
  type HealthChecks,
  type HealthReport,
} from './health/run-health-checks.js';
export {
  type HealthServer,
  type HealthServerOptions,
  type MetricsSource,
  startHealthServer,
} from './health/start-health-server.js';
export { createLogger, type LoggerOptions, type LogLevel, logLevels } from './logging/create-logger.js';
export { type Log, type LogFields, silentLog } from './logging/log.js';
export { findFreePort } from './network/find-free-port.js';
export { ensureDatabase } from './postgres/ensure-database.js';
export {
  type DatabaseSearch,
  provideDatabase,
  type ProvidedDatabase,
  type ProvideDatabaseOptions,
} from './postgres/provide-database.js';
export { allOrNothing } from './process-life/all-or-nothing.js';
export { Closers } from './process-life/closers.js';
export { findProgram } from './process-life/find-program.js';
export { type App, type AppHost, runApp } from './process-life/run-app.js';
export { stopOnSignals, type StopOnSignalsOptions } from './process-life/stop-on-signals.js';
export { type RedisServer, type RedisServerOptions, startRedisServer } from './redis/start-redis-server.js';
export { Secret } from './secret.js';
export { connectionSettings } from './settings/connection-settings.js';
export { designReferenceSettings } from './settings/design-reference-settings.js';
export { healthSettings } from './settings/health-settings.js';
export { laneRows, laneSettings } from './settings/lane-settings.js';
export { listSetting } from './settings/list-setting.js';
export { logLevelSetting } from './settings/log-level-setting.js';
export { provisionerSettings } from './settings/provisioner-settings.js';
export { readReferencePolicy } from './settings/read-reference-policy.js';
export { groupLimitsOf, groupSettings } from './settings/group-settings.js';
export { stepsPerSlotSetting } from './settings/steps-per-slot-setting.js';
export { tracingSettings } from './settings/tracing-settings.js';
export { startTestServers, type TestServers } from './test-servers/start-test-servers.js';
export { chooseDataDirectory, type DataDirectoryFacts } from './config/data-directory.js';
export { type DoctorFinding, type DoctorReport } from './doctor/doctor-report.js';
export { renderDoctor } from './doctor/render-doctor.js';
export { type DoctorOptions, runDoctor } from './doctor/run-doctor.js';
export { type ReadEvictionPolicy } from './doctor/inspect-queue.js';
export { isPortFree } from './network/is-port-free.js';
export {
  appEnvironment,
  type AppName,
  type ComputedEnvironment,
  environmentTable,
} from './start/process-environment.js';
export { type ProcessSpec, type Readiness, type ReadyFields } from './start/process-spec.js';
export { ensureSecretKeyFile, readSecretKeyFile } from './start/secret-key-file.js';
export { type RunningDrydock, startDrydock, type StartDrydockOptions } from './start/start-drydock.js';
export {
  type RunningProcess,
  type RunningProcesses,
  startProcesses,
  type StartProcessesOptions,
} from './start/start-processes.js';
export { threadModule } from './threads/thread-module.js';
export { ThreadPool, type ThreadPoolOptions } from './threads/thread-pool.js';
