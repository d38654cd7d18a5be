import { environment } from './env.ts';
import { siteAddress } from './site-address.ts';

/** The public address of the site, without a slash at the end, for what must be absolute: canonical links, sitemap, robots. */
export function siteUrl(): string {
  return siteAddress(environment().auth.url);
}
