export { PoliciesModule } from './policies.module.ts'
