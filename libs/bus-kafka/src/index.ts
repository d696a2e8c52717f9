export { kafkaBus } from './kafka-bus.ts'
export type { KafkaLog, KafkaSettings, SaslSettings, TlsSettings } from './settings.ts'
