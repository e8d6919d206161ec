import type { UseQueryResult } from '@tanstack/react-query';
import { unread } from '../lib/again';
import { Failed, Loading } from './states';

interface Props {
  of: UseQueryResult;
  what: string; // said where it failed
  heading?: string;
  loading?: string;
  lines?: number;
}

/** A screen of which there is nothing to show yet: it failed to be read, or is still being read. */
export const NotRead = ({ of, what, heading, loading, lines }: Props) => (
  <div className="pad">
    {unread(of) ? (
      <Failed heading={heading} error={of.error} what={what} retry={() => of.refetch()} />
    ) : (
      <Loading lines={lines} what={loading} />
    )}
  </div>
);
