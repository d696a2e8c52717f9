export { ComplianceModule } from './compliance.module.ts'
