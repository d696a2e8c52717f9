import { ApprovalsModule } from '@muster/approvals'
import { ComplianceModule } from '@muster/compliance'
import { DeploymentsModule } from '@muster/deployments'
import { LifecycleModule } from '@muster/lifecycle'
import { openapiDocument } from '@muster/nest-host'
import { PoliciesModule } from '@muster/policies'
import { HostModule } from '../../libs/nest-host/src/host.module.ts'

const modules = [LifecycleModule, PoliciesModule, DeploymentsModule, ApprovalsModule, ComplianceModule]

/** The OpenAPI document of the whole HTTP face, as the embedded default serves it. Nothing is started for it. */
export const openapi = (): object => openapiDocument([HostModule, ...modules])
