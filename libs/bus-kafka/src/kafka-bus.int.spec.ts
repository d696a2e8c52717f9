import { busContract } from '@muster/bus/testing'
import { describe, inject } from 'vitest'
import { kafkaBus } from './kafka-bus.ts'

const brokers = inject('kafkaBrokers')

describe.skipIf(!brokers)('On Apache Kafka', () => {
  busContract('Kafka', () => kafkaBus({ brokers: [brokers ?? ''], clientId: 'contract' }))
})
