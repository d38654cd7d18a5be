import type { z } from 'zod';

/** How one environment variable is written, read and explained. */
export interface Variable<T, Default extends string | undefined = string | undefined> {
  /** Reads the text. Only issues added as `custom` are shown to the operator, because others may repeat the value. */
  readonly schema: z.ZodType<T, string>;
  /** Completes "expected …". */
  readonly expected: string;
  readonly example: string;
  /** What an unset or empty variable means, as one would write it. Undefined: the variable stays undefined. */
  readonly default: Default;
}

export type Variables = Readonly<Record<string, Variable<unknown>>>;

/** What the variables hold once they are read. */
export type Values<V extends Variables> = {
  readonly [Name in keyof V]: V[Name] extends Variable<infer T, infer Default>
    ? Default extends string
      ? T
      : T | undefined
    : never;
};

export interface VariableText {
  readonly expected: string;
  readonly example: string;
}

/** A variable that has a default. */
export function variable<T>(
  schema: z.ZodType<T, string>,
  text: VariableText & { readonly default: string },
): Variable<T, string> {
  return { schema, ...text };
}

/** A variable that may stay undefined. */
export function optionalVariable<T>(
  schema: z.ZodType<T, string>,
  text: VariableText,
): Variable<T, undefined> {
  return { schema, ...text, default: undefined };
}
