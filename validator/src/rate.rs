//! How much one client may ask for: a bucket an address that fills up again with time.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// More clients than this at once are not told apart any further: full buckets go first.
const MOST_CLIENTS: usize = 20_000;

/// The buckets of all clients.
pub(crate) struct RateLimit {
    per_minute: u64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl RateLimit {
    /// No limit when `per_minute` is 0.
    pub(crate) fn new(per_minute: u64) -> Self {
        Self {
            per_minute,
            buckets: Mutex::new(HashMap::new()),
        }
    }

    /// Takes one token of the client, or says after how many seconds there will be one.
    pub(crate) fn take(&self, client: IpAddr, now: Instant) -> Result<(), u64> {
        if self.per_minute == 0 {
            return Ok(());
        }
        #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^52")]
        let most = self.per_minute as f64;
        let per_second = most / 60.0;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_CLIENTS {
            buckets.retain(|_, bucket| bucket.level(most, per_second, now) < most);
            if buckets.len() >= MOST_CLIENTS {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(network_of(client)).or_insert(Bucket {
            tokens: most,
            filled: now,
        });
        bucket.tokens = bucket.level(most, per_second, now);
        bucket.filled = now;
        if bucket.tokens < 1.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 60 seconds"
            )]
            return Err(((1.0 - bucket.tokens) / per_second).ceil() as u64);
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

impl Bucket {
    fn level(&self, most: f64, per_second: f64, now: Instant) -> f64 {
        let elapsed = now.saturating_duration_since(self.filled).as_secs_f64();
        per_second.mul_add(elapsed, self.tokens).min(most)
    }
}

/// One client usually has a whole /64 of IPv6 addresses.
fn network_of(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_client_beyond_its_limit_waits_and_others_do_not() {
        let limit = RateLimit::new(3);
        let now = Instant::now();
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for _ in 0..3 {
            assert_eq!(limit.take(one, now), Ok(()));
        }
        assert_eq!(limit.take(one, now), Err(20));
        assert_eq!(limit.take(other, now), Ok(()));
        assert_eq!(limit.take(one, now + Duration::from_secs(20)), Ok(()));
        assert!(limit.take(one, now + Duration::from_secs(21)).is_err());
    }

    #[test]
    fn addresses_of_one_ipv6_network_share_a_bucket() {
        let limit = RateLimit::new(1);
        let now = Instant::now();
        assert_eq!(limit.take("2001:db8::1".parse().unwrap(), now), Ok(()));
        assert!(limit.take("2001:db8::ffff".parse().unwrap(), now).is_err());
        assert_eq!(limit.take("2001:db8:0:1::1".parse().unwrap(), now), Ok(()));
    }

    #[test]
    fn the_number_of_remembered_clients_is_bounded() {
        let limit = RateLimit::new(5);
        let now = Instant::now();
        for number in 0..50_000_u32 {
            limit.take(IpAddr::V4(number.into()), now).unwrap();
        }
        assert!(limit.buckets.lock().unwrap().len() <= MOST_CLIENTS);
    }
}
