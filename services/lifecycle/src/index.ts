export { LifecycleModule } from './lifecycle.module.ts'
