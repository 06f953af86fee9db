//! Who asks: the address on the socket, or the one that a listed proxy vouches for.

use std::net::IpAddr;

use http::HeaderMap;

use crate::config::Network;

/// The client's address. `X-Forwarded-For` is read from the right, as long as the one who added an
/// entry is a listed proxy; the first address that is none is the client.
pub(crate) fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    if !is_trusted(client) {
        return client;
    }
    let entries: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for entry in entries.into_iter().rev() {
        let Some(address) = parse(entry.trim()) else {
            break;
        };
        client = address;
        if !is_trusted(client) {
            break;
        }
    }
    client
}

/// An address with or without port or brackets.
fn parse(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .ok()
        .or_else(|| {
            entry
                .parse::<std::net::SocketAddr>()
                .ok()
                .map(|socket| socket.ip())
        })
        .map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_is_believed_unless_listed() {
        assert_eq!(client("203.0.113.9", &["10.1.1.1"], &[]), "203.0.113.9");
        assert_eq!(
            client("203.0.113.9", &["10.1.1.1"], &["127.0.0.1"]),
            "203.0.113.9"
        );
    }

    #[test]
    fn a_listed_proxy_is_believed_for_the_entry_it_added_and_no_further() {
        let proxies = ["127.0.0.1", "10.0.0.0/8"];
        assert_eq!(
            client("127.0.0.1", &["198.51.100.7"], &proxies),
            "198.51.100.7"
        );
        assert_eq!(
            client("127.0.0.1", &["1.2.3.4, 198.51.100.7, 10.0.0.5"], &proxies),
            "198.51.100.7"
        );
        assert_eq!(
            client("127.0.0.1", &["1.2.3.4", "198.51.100.7"], &proxies),
            "198.51.100.7"
        );
        assert_eq!(
            client("::ffff:127.0.0.1", &["[2001:db8::1]:443"], &proxies),
            "2001:db8::1"
        );
        assert_eq!(
            client("127.0.0.1", &["198.51.100.7, nonsense"], &proxies),
            "127.0.0.1"
        );
        assert_eq!(client("127.0.0.1", &[], &proxies), "127.0.0.1");
    }
}
