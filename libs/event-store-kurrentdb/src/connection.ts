import type { CallOptions, Metadata } from '@grpc/grpc-js'
import { EventStoreDBClient } from '@eventstore/db-client'
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import services from '@eventstore/db-client/generated/streams_grpc_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { ReadReq, ReadResp, AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js'

/*
 * The calls of the server's protocol that the store makes, over the client's channel: it finds the leader, logs in, keeps alive, and
 * connects again.
 *
 * Of the client's own methods none serves. Its append and read parse and print JSON, and content is kept to the byte here; its read of the
 * whole log takes no filter; and its batched append rejects, when a connection is lost, promises that nobody holds, which ends the process.
 * What it offers to those who extend it is protected, hence `Inside`; its version is pinned.
 */

export interface Connection {
  append(requests: readonly AppendReq[]): Promise<AppendResp>
  /** Ends by itself unless the request is a subscription. Ends quietly when the signal aborts. */
  read(request: ReadReq, signal?: AbortSignal): AsyncGenerator<ReadResp>
  serverVersion(): Promise<string>
  close(): Promise<void>
}

export interface ConnectionSettings {
  /** `esdb://…` or `esdb+discover://…`. */
  readonly url: string
  /** How long an append or a page may take, in milliseconds. */
  readonly timeoutMs: number
}

type StreamsClient = InstanceType<typeof services.StreamsClient>
type FeaturesClient = InstanceType<typeof features.ServerFeaturesClient>
type ReadCall = ReturnType<StreamsClient['read']>
type Arguments = [Metadata, CallOptions]
type Constructor<C> = new (...values: never[]) => C

interface Inside {
  execute<C, T>(client: Constructor<C>, name: string, action: (client: C) => Promise<T>): Promise<T>
  GRPCStreamCreator<C, T>(client: Constructor<C>, name: string, create: (client: C) => T): () => Promise<T>
  callArguments(base: { requiresLeader: boolean; deadline?: number }, call?: { deadline: number }): Arguments
  getChannel(): Promise<{ close(): void }>
  dispose(): Promise<void>
}

export function connect({ url, timeoutMs }: ConnectionSettings): Connection {
  const client = EventStoreDBClient.connectionString(url) as unknown as Inside
  // What was written is read again at once, so everything is asked of the leader.
  const bounded = (): Arguments => client.callArguments({ requiresLeader: true, deadline: timeoutMs })

  return {
    append: requests =>
      client.execute(services.StreamsClient, 'append', grpc => {
        return new Promise<AppendResp>((resolve, reject) => {
          const call = grpc.append(...bounded(), (error, response) => (error ? reject(error) : resolve(response)))
          call.on('error', reject)
          for (const request of requests) call.write(request)
          call.end()
        })
      }),

    async *read(request, signal) {
      const live = request.getOptions()?.hasSubscription() === true
      const open = client.GRPCStreamCreator<StreamsClient, ReadCall>(services.StreamsClient, 'read', grpc =>
        grpc.read(request, ...(live ? client.callArguments({ requiresLeader: true }, { deadline: Infinity }) : bounded())),
      )
      const call = await open()
      const cancel = (): void => call.cancel()
      // For-await listens only while it waits; an error in between must not go unheard.
      call.on('error', () => undefined)
      signal?.addEventListener('abort', cancel)
      if (signal?.aborted === true) cancel()
      try {
        for await (const response of call) yield response as ReadResp
      } catch (error) {
        if (signal?.aborted !== true) throw error
      } finally {
        signal?.removeEventListener('abort', cancel)
        cancel()
      }
    },

    serverVersion: () =>
      client.execute<FeaturesClient, string>(features.ServerFeaturesClient, 'features', grpc => {
        return new Promise((resolve, reject) => {
          const [metadata, options] = bounded()
          grpc.getSupportedMethods(new shared.Empty(), metadata, options, (error, methods) =>
            error ? reject(error) : resolve(methods.getEventStoreServerVersion()),
          )
        })
      }),

    async close() {
      await client.dispose()
      const channel = await client.getChannel().catch(() => undefined)
      channel?.close()
    },
  }
}
