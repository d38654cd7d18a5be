import type { Values, Variable, Variables } from './variable.ts';

export interface Problem {
  readonly variable: string;
  /** One sentence without a final stop. Never a value: it may be a secret. */
  readonly text: string;
}

/** What the framework, not the operator, says through the environment. */
export interface Circumstances {
  readonly production: boolean;
  /** `next build` is running: nothing that only a running site needs may be demanded. */
  readonly building: boolean;
}

export type Source = Readonly<Record<string, string | undefined>>;

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A group of variables that belong together, and what they mean once they are read. */
export interface Preset<T> {
  readonly variables: Variables;
  read(source: Source, circumstances: Circumstances): Outcome<T>;
}

export interface PresetParts<V extends Variables, T> {
  readonly variables: V;
  /**
   * Finds contradictions between variables. It also runs when some could not be read, so that one error tells
   * everything; `values` then lacks those. (What is unset is there, as undefined.)
   */
  check?(values: Partial<Values<V>>, circumstances: Circumstances): readonly Problem[];
  build(values: Values<V>, circumstances: Circumstances): T;
}

export function definePreset<V extends Variables, T>(parts: PresetParts<V, T>): Preset<T> {
  return {
    variables: parts.variables,
    read(source, circumstances) {
      const values: Record<string, unknown> = {};
      const problems: Problem[] = [];
      for (const [name, variable] of Object.entries(parts.variables)) {
        const text = source[name] || variable.default;
        if (text === undefined) {
          values[name] = undefined;
          continue;
        }
        const parsed = variable.schema.safeParse(text);
        if (parsed.success) values[name] = parsed.data;
        else problems.push({ variable: name, text: describe(variable, parsed.error.issues) });
      }
      // Each name holds what its own schema returned, which is what `Values` says.
      problems.push(...(parts.check?.(values as Partial<Values<V>>, circumstances) ?? []));
      if (problems.length > 0) return { ok: false, problems };
      return { ok: true, value: parts.build(values as Values<V>, circumstances) };
    },
  };
}

function describe(
  { expected, example }: Variable<unknown>,
  issues: readonly { readonly code: string; readonly message: string }[],
): string {
  const reasons = issues.filter(({ code }) => code === 'custom').map(({ message }) => `${message}; `);
  return `${reasons.join('')}expected ${expected}, for example ${example}`;
}
