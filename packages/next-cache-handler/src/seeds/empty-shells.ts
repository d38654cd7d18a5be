import type { HandlerValue, ResponseGetContext } from '../next-types.ts';
import { keepNamedData } from './resume-data.ts';
import { readSeedFile } from './seed-file.ts';

/**
 * A shell of which nothing can be shown before the parameters are known: it says only where rendering goes on.
 *
 * Next makes such a shell in the build alone. When it asks for it and gets none it tries to render it, which fails
 * (16.4.6, `allowEmptyStaticShell`), and the visitor gets a 500. There is nothing in it that could be outdated, so
 * it is given whatever was invalidated, without what comes beside it: navigation data and data to resume with.
 */
export function createEmptyShells() {
  const shells = new Map<string, HandlerValue>();

  return async (serverDistDir: string, key: string, context: ResponseGetContext): Promise<HandlerValue> => {
    if (context.kind !== 'APP_PAGE' || !context.isFallback) return null;
    const name = `${serverDistDir}\n${key}`;
    const known = shells.get(name);
    if (known !== undefined) return known;
    const file = await readSeedFile(serverDistDir, key, context);
    if (file === null || !isEmptyShell(file.value)) return null;
    const { segmentData, rscData, ...shown } = file.value;
    const shell = { ...shown, postponed: keepNamedData(file.value.postponed ?? '', new Set()) };
    // As many as the build has, and small.
    shells.set(name, shell);
    return shell;
  };
}

export function isEmptyShell(value: HandlerValue): value is Extract<HandlerValue, { kind: 'APP_PAGE' }> {
  return value?.kind === 'APP_PAGE' && value.html === '' && value.postponed !== undefined;
}
