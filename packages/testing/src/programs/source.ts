import type { Requirement } from './catalogue.ts';
import { findDocker } from './docker.ts';
import { findProgram } from './find-program.ts';

/** Where a server comes from: a program of this machine, or an image for the Docker engine. */
export type Source =
  | { readonly kind: 'program'; readonly path: string }
  | { readonly kind: 'docker'; readonly docker: string; readonly image: string };

/** Programs of this machine first, then Docker; null when there is neither. */
export async function findSource(requirement: Requirement): Promise<Source | null> {
  const path = await findProgram(requirement.programs);
  if (path !== null) return { kind: 'program', path };
  if (requirement.image === null) return null;
  const docker = await findDocker();
  return docker === null ? null : { kind: 'docker', docker, image: requirement.image };
}

/** As `findSource`; rejects with a message that says what to type when there is neither. */
export async function requireSource(requirement: Requirement): Promise<Source> {
  const source = await findSource(requirement);
  if (source === null) throw new Error(describeMissing(requirement));
  return source;
}

export function describeSource(source: Source): string {
  return source.kind === 'program' ? source.path : `${source.image} in Docker`;
}

export function describeMissing(requirement: Requirement): string {
  const ways = requirement.commands.map((command) => `  ${command}`).join('\n');
  const docker = requirement.image === null ? '' : '\nor start a Docker engine';
  return `${requirement.title} is needed, and none of ${requirement.programs.join(', ')} is installed. Install it:\n${ways}${docker}`;
}
