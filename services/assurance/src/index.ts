export { AssuranceModule } from './assurance.module.ts'
