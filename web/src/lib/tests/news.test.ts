import { describe, expect, it } from 'vitest';
import { ApiError } from '../call';
import { answered, refused } from '../news';

describe('what follows an answer', () => {
  it('reads the session for another word, and not for the same', () => {
    expect(answered('a', 'b', 300, 0).read).toBe(true);
    expect(answered('a', 'a', 15_000, 3)).toEqual({ read: false, rest: 0, failures: 0 });
  });
  it('rests ever longer where the server answers at once and has no news', () => {
    expect(answered('a', 'a', 5, 0).rest).toBe(1000);
    expect(answered('a', 'a', 5, 9).rest).toBe(60_000);
  });
});

describe('what follows a refusal', () => {
  it('reads the session at once where one is signed out, and not where the server is silent', () => {
    expect(refused(new ApiError(401, 'Sign in first'), 0).read).toBe(true);
    expect(refused(new ApiError(0, 'The server does not answer'), 2)).toEqual({
      read: false,
      rest: 4000,
      failures: 3,
    });
  });
  it('comes again later where too many windows wait', () => {
    expect(refused(new ApiError(429, 'Too many'), 0).rest).toBe(30_000);
  });
});
