package io.profileworkflows.subscriptions;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * To which addresses a caller may make this service connect. Nobody outside could reach
 * the others, so this service must not do it for them.
 */
final class TargetAddresses {

	private static final Block NAT64 = Block.of("64:ff9b::/96");

	/** IANA's registry of special-purpose addresses, and multicast. */
	private static final List<Block> NOT_PUBLIC = Block.all("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
			"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
			"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
			// all of IPv6 that is not global unicast is left out by PUBLIC_IPV6
			"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

	private static final Block PUBLIC_IPV6 = Block.of("2000::/3");

	/** Nobody outside can see that what these lead to is an address of IPv4. */
	private static final List<Embedding> EMBEDDINGS = List.of(
			// what others translate or tunnel, and addresses that are out of use
			new Embedding(Block.of("::ffff:0:0:0/96"), 12), new Embedding(Block.of("2002::/16"), 2),
			new Embedding(Block.of("::/96"), 12));

	private static final Block LOOPBACK = Block.of("::1/128");

	/** Never, whatever is allowed: there is nothing but trouble. */
	private static final List<Block> NEVER = Block.all("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
			// metadata of other clouds
			"100.100.100.200/32", "168.63.129.16/32",
			// these hide an address of IPv4 where it cannot be read
			"64:ff9b:1::/48", "2001::/32", "::/128", "fe80::/10", "ff00::/8", "fd00:ec2::/32");

	private TargetAddresses() {
	}

	static boolean isAllowed(InetAddress address, boolean allowPrivate) {
		if (NAT64.contains(address)) {
			return isAllowed(embedded(address, 12), allowPrivate);
		}
		return (allowPrivate || isPublic(address)) && NEVER.stream().noneMatch(block -> block.contains(address))
				&& (LOOPBACK.contains(address) || EMBEDDINGS.stream()
					.filter(embedding -> embedding.block().contains(address))
					.allMatch(embedding -> isAllowed(embedded(address, embedding.at()), allowPrivate)));
	}

	private static boolean isPublic(InetAddress address) {
		return (address instanceof Inet4Address || PUBLIC_IPV6.contains(address))
				&& NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
	}

	private static InetAddress embedded(InetAddress address, int at) {
		try {
			return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), at, at + 4));
		}
		catch (UnknownHostException failure) {
			throw new IllegalStateException(failure);
		}
	}

	/**
	 * Addresses in which one of IPv4 is.
	 *
	 * @param at its first byte
	 */
	private record Embedding(Block block, int at) {
	}

	/**
	 * Addresses that begin alike.
	 */
	private record Block(byte[] prefix, int bits) {

		static Block of(String notation) {
			var slash = notation.indexOf('/');
			try {
				return new Block(InetAddress.getByName(notation.substring(0, slash)).getAddress(),
						Integer.parseInt(notation.substring(slash + 1)));
			}
			catch (UnknownHostException failure) {
				throw new IllegalStateException(failure);
			}
		}

		static List<Block> all(String... notations) {
			return Arrays.stream(notations).map(Block::of).toList();
		}

		boolean contains(InetAddress address) {
			var bytes = address.getAddress();
			if (bytes.length != prefix.length || address instanceof Inet6Address != (prefix.length == 16)) {
				return false;
			}
			for (int bit = 0; bit < bits; bit++) {
				var mask = 0x80 >> (bit % 8);
				if ((bytes[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
					return false;
				}
			}
			return true;
		}

	}

}
