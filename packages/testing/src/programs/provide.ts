import { canInstallPackages, installPackages } from './apt.ts';
import type { Requirement } from './catalogue.ts';
import { describeMissing, describeSource, findSource, type Source } from './source.ts';

export interface ProvideOptions {
  readonly announce: (line: string) => void;
}

/**
 * Finds a source for each requirement: a program of this machine, a Docker engine, and as the last resort, as
 * root on Debian or Ubuntu, packages, which are announced and installed together. Null where there is none;
 * the announcement says what to type.
 */
export async function provide(
  requirements: readonly Requirement[],
  { announce }: ProvideOptions,
): Promise<ReadonlyMap<Requirement, Source | null>> {
  const sources = new Map<Requirement, Source | null>();
  for (const requirement of requirements) sources.set(requirement, await findSource(requirement));

  const missing = requirements.filter((requirement) => sources.get(requirement) === null);
  if (missing.length > 0 && (await canInstallPackages())) {
    const packages = missing.flatMap((requirement) => requirement.debianPackages);
    announce(`installing ${packages.join(', ')} with apt-get (no services are started)`);
    await installPackages(packages);
    for (const requirement of missing) sources.set(requirement, await findSource(requirement));
  }

  for (const [requirement, source] of sources) {
    announce(
      source === null ? describeMissing(requirement) : `${requirement.title}: ${describeSource(source)}`,
    );
  }
  return sources;
}
