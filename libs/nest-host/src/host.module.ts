import { Global, Module, type DynamicModule, type Provider, type Type } from '@nestjs/common'
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import { AuthGuard } from './auth.guard.ts'
import { Commands } from './commands.ts'
import { HostRoutes } from './host.routes.ts'
import { ProblemFilter } from './problem.filter.ts'
import { ReadsInterceptor } from './reads.interceptor.ts'
import { ValidationPipe } from './validation.pipe.ts'

/** Gives every module what the host has, by token, and holds every route to the same rules. */
@Global()
@Module({ controllers: [HostRoutes] })
export class HostModule {
  static with(given: ReadonlyMap<symbol, unknown>): DynamicModule {
    const providers: Provider[] = [...given].map(([provide, useValue]) => ({ provide, useValue }))
    return {
      module: HostModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        ...providers,
        Commands,
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_PIPE, useClass: ValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: ReadsInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [...given.keys(), Commands],
    }
  }
}

/** The list that a process runs. */
export const rootOf = (host: DynamicModule, modules: readonly Type[]): DynamicModule => ({ module: Root, imports: [host, ...modules] })

@Module({})
class Root {}
