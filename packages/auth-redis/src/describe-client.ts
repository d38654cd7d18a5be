import Bowser from 'bowser';
import ipaddr from 'ipaddr.js';

const LONGEST_AGENT = 512;

/** `Firefox on Linux`; null when the header tells nothing that is known. */
export function describeBrowser(userAgent: string | null | undefined): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, LONGEST_AGENT));
  if (!browser.name) return null;
  return os.name ? `${browser.name} on ${os.name}` : browser.name;
}

const IPV4_BITS = 24;
const IPV6_BITS = 48;

/** The network that an address is in, `203.0.113.0/24` or `2001:db8:1::/48`: enough to recognise one's own. */
export function addressPrefix(address: string | null | undefined): string | null {
  if (!address || !ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') {
    return `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed}/${IPV4_BITS}`)}/${IPV4_BITS}`;
  }
  return `${ipv6Network(parsed.toString(), IPV6_BITS)}/${IPV6_BITS}`;
}

const IPV6_BITS_OF_ONE = 64;

/**
 * The address as what attempts are counted by: of IPv6 the first of its /64, all of which one visitor has; an IPv4
 * address that is written as IPv6 is the same as without. What is no address stays as it is.
 */
export function addressToCount(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address).toString();
  return ipaddr.IPv4.isValid(parsed) ? parsed : ipv6Network(parsed, IPV6_BITS_OF_ONE);
}

function ipv6Network(address: string, bits: number): string {
  const [withoutZone] = address.split('%', 1);
  return ipaddr.IPv6.networkAddressFromCIDR(`${withoutZone}/${bits}`).toString();
}
