import { notifyManager, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { outdated } from '../lib/again';
import { ApiError } from '../lib/call';
import { moment } from '../lib/format';
import { Icon } from './Icon';

/** One line under the top of every screen while something on it could not be read again. */
export const Outdated = () => {
  const client = useQueryClient();
  const cache = client.getQueryCache();
  const reads = () => outdated(cache.findAll({ type: 'active' }));
  const since = useSyncExternalStore(
    (tell) => cache.subscribe(notifyManager.batchCalls(tell)),
    () =>
      reads().reduce((first, { state }) => Math.min(first, state.dataUpdatedAt), Number.POSITIVE_INFINITY),
  );
  const [one] = reads();
  if (!one || !Number.isFinite(since)) return null;
  const known = one.state.error instanceof ApiError ? one.state.error : null;
  return (
    <div className="outdated note warn" role="alert">
      <Icon name="warn" />
      <p>
        <b>What stands here is from {moment(new Date(since).toISOString())}: it could not be read again.</b>{' '}
        {known && `${known.message}. `}What you typed stays.{' '}
        {known?.reference && (
          <>
            Reference <code>{known.reference}</code>.{' '}
          </>
        )}
        <button
          type="button"
          className="plain"
          onClick={() =>
            void client.refetchQueries({ type: 'active', predicate: (read) => outdated([read]).length > 0 })
          }
        >
          Try again
        </button>
      </p>
    </div>
  );
};
