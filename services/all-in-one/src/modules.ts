import { AlertsModule } from '@muster/alerts'
import { ApprovalsModule } from '@muster/approvals'
import { AssuranceModule } from '@muster/assurance'
import { ComplianceModule } from '@muster/compliance'
import { DeploymentsModule } from '@muster/deployments'
import { LifecycleModule } from '@muster/lifecycle'
import { PoliciesModule } from '@muster/policies'

/** Every context. A split installation runs the same modules, each in a process of its own. */
export const modules = [
  LifecycleModule,
  PoliciesModule,
  DeploymentsModule,
  ApprovalsModule,
  AlertsModule,
  AssuranceModule,
  ComplianceModule,
]
