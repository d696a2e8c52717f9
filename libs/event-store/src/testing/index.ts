export { eventStoreContract } from './contract.ts'
export { appendAnyhow, appendOne, eventually, listOf, someEvent, someStream, take } from './events.ts'
export { keyVaultContract } from './vault-contract.ts'
export { personalTextContract } from './personal-contract.ts'
