import type { Types } from '@prisma/client/runtime/client';
import type { ReadOptions } from './options.ts';

type Operation = Types.Public.Operation;
type ArgsOf<T, F extends Operation> = Types.Public.Args<T, F> & CacheArgument;
type Exact<A, W> = Types.Public.Exact<A, W>;

/** What reads take besides Prisma's own arguments. */
export interface CacheArgument {
  /** How the result is cached, or `false`: from the database. Default: as `prismaCache` and the model say. */
  readonly cache?: ReadOptions | false;
}

type Promised<T, A, F extends Operation> = Types.Public.PrismaPromise<Types.Public.Result<T, A, F>>;

/** The relations of a record that is read alone, as `client.report.findUnique(…).category()`. */
type Fluent<Payload, Select, Null> = Payload extends { objects: infer Objects }
  ? {
      [K in keyof Objects]: <A>(
        args?: Exact<A, Types.Utils.Path<Select, [K]>>,
      ) => Types.Public.PrismaPromise<RelationOf<Payload, K, A> | Null> &
        Fluent<NonNullable<Objects[K]>, Types.Utils.Path<Select, [K, 'select']>, Null | NullOf<Objects[K]>>;
    }
  : unknown;

type RelationOf<Payload, K extends PropertyKey, A> = Payload extends Types.Payload
  ? Types.Utils.Path<Types.Result.GetResult<Payload, { select: { [P in K]: A } }, 'findUniqueOrThrow'>, [K]>
  : never;

type NullOf<T> = null extends T ? null : never;

type Single<
  T,
  A,
  F extends 'findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findFirstOrThrow',
  Null,
> = Fluent<Types.Public.Payload<T, F>, Types.Utils.Path<Types.Public.Args<T, F>, ['select']>, Null> &
  Promised<T, A, F>;

/** Every read of Prisma, with `cache` among its arguments, and otherwise the same arguments and results. */
export interface CachedReads {
  findUnique<T, A>(this: T, args: Exact<A, ArgsOf<T, 'findUnique'>>): Single<T, A, 'findUnique', null>;
  findUniqueOrThrow<T, A>(
    this: T,
    args: Exact<A, ArgsOf<T, 'findUniqueOrThrow'>>,
  ): Single<T, A, 'findUniqueOrThrow', never>;
  findFirst<T, A>(this: T, args?: Exact<A, ArgsOf<T, 'findFirst'>>): Single<T, A, 'findFirst', null>;
  findFirstOrThrow<T, A>(
    this: T,
    args?: Exact<A, ArgsOf<T, 'findFirstOrThrow'>>,
  ): Single<T, A, 'findFirstOrThrow', never>;
  findMany<T, A>(this: T, args?: Exact<A, ArgsOf<T, 'findMany'>>): Promised<T, A, 'findMany'>;
  count<T, A>(this: T, args?: Exact<A, ArgsOf<T, 'count'>>): Promised<T, A, 'count'>;
  aggregate<T, A>(this: T, args: Exact<A, ArgsOf<T, 'aggregate'>>): Promised<T, A, 'aggregate'>;
  groupBy<T, A>(this: T, args: Exact<A, ArgsOf<T, 'groupBy'>>): Promised<T, A, 'groupBy'>;
}

/**
 * What `$extends` takes. The reads are Prisma's own: they are named here for their types alone.
 *
 * The client is unknown here, because each schema has a type of its own.
 */
export type CacheExtension = (client: unknown) => {
  $extends: {
    extArgs: {
      result: Record<never, never>;
      query: Record<never, never>;
      client: Record<never, never>;
      model: { $allModels: { [F in keyof CachedReads]: () => CachedReads[F] } };
    };
  };
};
