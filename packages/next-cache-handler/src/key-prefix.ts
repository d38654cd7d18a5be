/** Begins every key of this app in Redis. Apps that share a Redis must differ in it. */
export function keyPrefixFor(settings: { readonly keyPrefix: string }): string {
  return settings.keyPrefix;
}
