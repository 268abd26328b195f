import ipaddr from "ipaddr.js";

/** Networks that may be asked although they are not public, as the admin named them: "10.0.0.0/8", "fd00::/8". */
export type Networks = readonly string[];

/** Tells whether a text names a network. */
export function isNetwork(text: string): boolean {
  return ipaddr.isValidCIDR(text);
}

/**
 * Tells whether an address may be connected to: public ones may, and those of networks that the admin named. All else
 * (loopback, private, link-local, carrier's, multicast, documentation, tunnels: RFC 6890) would lead into a network
 * that nobody outside should reach by our hands.
 */
export function mayReach(address: string, networks: Networks): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address in IPv6's dress is judged as the IPv4 address that it is.
  const real = ipaddr.process(address);
  if (real.range() === "unicast") return true;
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === real.kind() && real.match([base, bits]);
  });
}
