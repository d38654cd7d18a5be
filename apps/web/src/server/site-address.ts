/**
 * The site's address as NEXTAUTH_URL gives it. Unset, it is the default address of development whatever the
 * port: what a build renders must not depend on where it is started.
 */
export function siteAddress(authUrl: string | undefined): string {
  return new URL(authUrl ?? 'http://localhost:3000').origin;
}
