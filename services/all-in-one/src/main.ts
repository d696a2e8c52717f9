import { AlertsModule } from '@muster/alerts'
import { ApprovalsModule } from '@muster/approvals'
import { ComplianceModule } from '@muster/compliance'
import { DeploymentsModule } from '@muster/deployments'
import { LifecycleModule } from '@muster/lifecycle'
import { run } from '@muster/nest-host'
import { PoliciesModule } from '@muster/policies'

await run(LifecycleModule, PoliciesModule, DeploymentsModule, ApprovalsModule, AlertsModule, ComplianceModule)
