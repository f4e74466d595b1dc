//! The line to a server, guarded: a message of any length may be announced, and any number sent that nobody
//! asked for. Neither gets past this.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Most bytes of a message: the longest row that is taken has 1 MiB.
const MESSAGE_BYTES_MAX: u64 = 2 << 20;
/// Most bytes of a connection's messages that are no rows. A query takes some 2 kB of them; after thousands of
/// queries the connection is made anew.
const OTHER_BYTES_MAX: u64 = 16 << 20;
/// The kind of messages that are rows (PostgreSQL's protocol 3.0, DataRow).
const ROW: u8 = b'D';

/// A stream whose incoming messages are bounded.
pub(super) struct Guarded<S> {
    stream: S,
    header: [u8; 5],
    /// Bytes of the header that have come.
    filled: usize,
    /// Bytes of the message that have not come.
    left: u64,
    others: u64,
}

impl<S> Guarded<S> {
    pub fn new(stream: S) -> Self {
        Self { stream, header: [0; 5], filled: 0, left: 0, others: 0 }
    }

    /// Follows what has come.
    fn follow(&mut self, mut bytes: &[u8]) -> Result<(), String> {
        while !bytes.is_empty() {
            let skipped = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
            bytes = bytes.get(skipped..).unwrap_or_default();
            self.left -= skipped as u64;
            let Some((first, rest)) = bytes.split_first() else { break };
            bytes = rest;
            if let Some(place) = self.header.get_mut(self.filled) {
                *place = *first;
            }
            self.filled += 1;
            if self.filled == self.header.len() {
                self.filled = 0;
                let [kind, length @ ..] = self.header;
                // The length counts itself.
                let length = u64::from(u32::from_be_bytes(length));
                if length > MESSAGE_BYTES_MAX {
                    return Err(format!(
                        "the server sends a message of {length} bytes, the most is {MESSAGE_BYTES_MAX}"
                    ));
                }
                self.left = length.saturating_sub(4);
                if kind != ROW {
                    self.others += length + 1;
                }
                if self.others > OTHER_BYTES_MAX {
                    return Err(format!(
                        "the server sends more than {OTHER_BYTES_MAX} bytes of messages that are no rows"
                    ));
                }
            }
        }
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = polled {
            let came = buffer.filled().get(before..).unwrap_or_default();
            if let Err(what) = self.follow(came) {
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, what)));
            }
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, length: u32) -> Vec<u8> {
        let body = vec![0; length as usize - 4];
        [&[kind][..], &length.to_be_bytes(), &body].concat()
    }

    #[test]
    fn messages_are_followed_however_they_are_cut() {
        let all =
            [message(b'Z', 5), message(ROW, 4), message(ROW, 1_000), message(b'C', 11)].concat();
        for size in [1, 2, 3, 7, 1_000, all.len()] {
            let mut guarded = Guarded::new(());
            all.chunks(size).try_for_each(|chunk| guarded.follow(chunk)).unwrap();
            assert_eq!((guarded.left, guarded.filled, guarded.others), (0, 0, 6 + 12), "{size}");
        }
    }

    #[test]
    fn a_message_that_is_too_long_ends_it_at_its_header() {
        let mut guarded = Guarded::new(());
        let error = guarded.follow(&[ROW, 0x7f, 0xff, 0xff, 0xff]).unwrap_err();
        assert!(error.contains("2147483647 bytes, the most is 2097152"), "{error}");
    }

    #[test]
    fn rows_do_not_count_and_all_others_do() {
        let mut guarded = Guarded::new(());
        let (row, other) = (message(ROW, 1 << 20), message(b'S', 1 << 20));
        for _ in 0..64 {
            guarded.follow(&row).unwrap();
        }
        assert!((0..16).try_for_each(|_| guarded.follow(&other)).is_err());
    }
}
