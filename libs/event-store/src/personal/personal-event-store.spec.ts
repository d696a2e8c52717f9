import { eventStoreContract, keyVaultContract, personalTextContract } from '../testing/index.ts'
import { memoryEventStore } from '../memory-event-store.ts'
import { memoryKeyVault } from './key-vault.ts'
import { personalEventStore } from './personal-event-store.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

personalTextContract('memory', async now => memoryEventStore({ now }))

eventStoreContract('memory, with personal text encrypted,', async now =>
  personalEventStore({ raw: memoryEventStore({ now }), vault: memoryKeyVault(), logger: silent }),
)

const vault = memoryKeyVault()
keyVaultContract('memory', async () => vault)
