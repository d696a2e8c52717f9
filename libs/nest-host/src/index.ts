export { bearerOf } from './auth.guard.ts'
export { answer, standAt, type Refusals } from './answer.ts'
export { Caller, Public, Roles, type Role } from './caller.ts'
export { causedBy, CommandMessage, FromRequest, type Origin } from './command.ts'
export { Commands } from './commands.ts'
export type { Reply, Request } from './http.ts'
export { flawIn } from './json-flaws.ts'
export { notACursor, pageBelow, pageFrom } from './page.ts'
export { PreferWait, waitOf } from './prefer.ts'
export { ProblemError, type ProblemExtras } from './problem.ts'
export { Answers, RawBytes, Reads } from './routes.ts'
export { makeSecretFile } from './secret-file.ts'
export type { Settings } from './settings.ts'
export { StartError } from './start-error.ts'
export {
  BUS,
  CALLERS,
  CLOCK,
  CONSUMERS,
  EVENT_STORE,
  KEY_VAULT,
  RAW_STORE,
  LOG_TAIL,
  LOGGER,
  METRICS,
  DEMO,
  PEOPLE,
  PUBLICATIONS,
  READ_MODELS,
  SETTINGS,
  SHA256,
  SQL,
  START_WORK,
  SUBSCRIPTIONS,
  TICKS,
  TOPICS,
  type Callers,
  type Consumer,
  type Consumers,
  type LogTail,
  type People,
  type Publication,
  type Publications,
  type ReadModels,
  type StartWork,
  type Subscriptions,
  type Ticks,
  type Topics,
  type WaitOptions,
} from './tokens.ts'
export { createHost, dataFolderFor, type CreatedHost, type HostOverrides } from './create-host.ts'
export { describeSettings, effectiveSettings } from './configuration.ts'
export type { Host } from './host.ts'
export { openapiDocument } from './openapi.ts'
export { isOwnSource, ownSource } from './people.ts'
export { run } from './run.ts'
export { longestBatch } from './server.ts'
