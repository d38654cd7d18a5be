/**
 * An address as accounts have it. Only ASCII letters change: `toLowerCase` makes `k` of the Kelvin sign, and whoever
 * owns that other address would be taken for the owner of this one.
 */
export function normaliseEmail(address: string): string {
  return address.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * The user with exactly this address (normalised). The only way to look one up: a database may take `í` for `i` or
 * ignore spaces at the end, and would give the owner of a look-alike somebody else's account.
 *
 * @param find A client's `user.findUnique`.
 */
export async function findUserByEmail<User extends { readonly email: string }>(
  address: string,
  find: (where: { readonly email: string }) => PromiseLike<User | null>,
): Promise<User | null> {
  const email = normaliseEmail(address);
  const user = await find({ email });
  return user?.email === email ? user : null;
}
