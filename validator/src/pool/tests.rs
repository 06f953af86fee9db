use std::thread::sleep;

use super::{line::LARGE, *};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn what_does_not_fit_is_told_to_come_back_and_the_rest_is_done() {
    runtime().block_on(async {
        let pool = Arc::new(Pool::new(1, 2, Duration::from_secs(5)));
        let tasks: Vec<_> = (0..6)
            .map(|number| {
                let pool = Arc::clone(&pool);
                tokio::spawn(async move {
                    pool.run(move |_| {
                        sleep(Duration::from_millis(50));
                        Ok(number)
                    })
                    .await
                })
            })
            .collect();
        let mut done = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => done += 1,
                Err(problem) => {
                    assert_eq!(problem.kind, Kind::Busy);
                    assert!(problem.retry_after.is_some());
                }
            }
        }
        assert_eq!(done, 3, "one at work and two waiting");
        assert_eq!(pool.gauges.queued.load(Ordering::Relaxed), 0);
        assert_eq!(pool.gauges.running.load(Ordering::Relaxed), 0);
    });
}

#[test]
fn a_validation_that_takes_too_long_is_answered_in_time_and_keeps_its_worker() {
    runtime().block_on(async {
        let pool = Pool::new(1, 0, Duration::from_millis(50));
        let begun = Instant::now();
        let problem = pool
            .run(|deadline| {
                sleep(Duration::from_millis(300));
                deadline.check()
            })
            .await
            .unwrap_err();
        assert_eq!(problem.kind, Kind::Busy);
        assert!(begun.elapsed() < Duration::from_millis(250));
        assert!(
            pool.run(|_| Ok(())).await.is_err(),
            "the worker is still at it"
        );
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert!(pool.run(|_| Ok(())).await.is_ok());
    });
}

#[test]
fn large_submissions_are_judged_one_after_the_other_and_hold_nobody_up() {
    runtime().block_on(async {
        let pool = Arc::new(Pool::new(2, 8, Duration::from_secs(5)));
        let large = Arc::new(AtomicI64::new(0));
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (pool, large) = (Arc::clone(&pool), Arc::clone(&large));
                tokio::spawn(async move {
                    pool.run_on(LARGE, move |_| {
                        let before = large.fetch_add(1, Ordering::Relaxed);
                        sleep(Duration::from_millis(100));
                        large.fetch_sub(1, Ordering::Relaxed);
                        Ok(before)
                    })
                    .await
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(pool.run_on(LARGE - 1, |_| Ok(())).await.is_ok());
        let is_waiting = |task: &tokio::task::JoinHandle<_>| !task.is_finished();
        assert!(
            tasks.iter().any(is_waiting),
            "it came last, and was done first"
        );
        for task in tasks {
            assert_eq!(task.await.unwrap().unwrap(), 0, "beside another one");
        }
    });
}

#[test]
fn large_submissions_leave_places_for_others() {
    runtime().block_on(async {
        let pool = Arc::new(Pool::new(2, 4, Duration::from_secs(5)));
        let large: Vec<_> = (0..5)
            .map(|_| {
                let pool = Arc::clone(&pool);
                tokio::spawn(async move {
                    let work = |_| {
                        sleep(Duration::from_millis(100));
                        Ok(())
                    };
                    pool.run_on(LARGE, work).await.is_ok()
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(pool.run_on(LARGE - 1, |_| Ok(())).await.is_ok());
        let mut done = 0;
        for task in large {
            done += usize::from(task.await.unwrap());
        }
        assert_eq!(done, 3, "half of the six places");
    });
}

#[test]
fn a_client_that_goes_away_while_it_waits_leaves_nothing_behind() {
    runtime().block_on(async {
        let pool = Arc::new(Pool::new(1, 1, Duration::from_secs(5)));
        let held = Arc::new(());
        let send = |milliseconds| {
            let (pool, held) = (Arc::clone(&pool), Arc::clone(&held));
            let work = move |_| {
                sleep(Duration::from_millis(milliseconds));
                drop(held);
                Ok(())
            };
            tokio::spawn(async move { pool.run(work).await.is_ok() })
        };
        let first = send(400);
        tokio::time::sleep(Duration::from_millis(50)).await;
        let second = send(0);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!send(0).await.unwrap(), "one at work, one waiting");
        second.abort();
        assert!(second.await.is_err());
        assert_eq!(Arc::strong_count(&held), 2, "the first one's and this");
        assert_eq!(pool.gauges.queued.load(Ordering::Relaxed), 0);
        assert!(send(0).await.unwrap(), "its place is free");
        assert!(first.await.unwrap());
    });
}

#[test]
fn a_panic_in_a_worker_is_a_problem_and_frees_the_worker() {
    runtime().block_on(async {
        let pool = Pool::new(1, 0, Duration::from_secs(5));
        let work = |_| -> Result<(), Problem> { panic!("planned by the test") };
        assert_eq!(pool.run(work).await.unwrap_err().kind, Kind::Internal);
        assert!(pool.run(|_| Ok(())).await.is_ok());
    });
}
