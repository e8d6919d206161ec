import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { acknowledgeBanner, seeDoor, signOut } from '../../lib/api.gen';
import { Page, Said } from './Page';

/** How this may be used, acknowledged once a session before anything is shown. */
export const Banner = () => {
  const client = useQueryClient();
  const door = useQuery({ queryKey: ['door'], queryFn: ({ signal }) => seeDoor(signal) });
  const [read, setRead] = useState(false);
  const done = () => client.resetQueries();
  const send = useMutation({ mutationFn: () => acknowledgeBanner({ read: true }), onSuccess: done });
  const leave = useMutation({ mutationFn: () => signOut({}), onSettled: done });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate();
  };
  return (
    <Page title="Before you begin">
      <p>{door.data?.notice}</p>
      <form onSubmit={submit}>
        <label className="choice">
          <input type="checkbox" checked={read} onChange={(e) => setRead(e.target.checked)} />I have read
          this, and use it for nothing else
        </label>
        <Said error={send.error ?? door.error} />
        <div className="row">
          <button type="submit" className="button main" disabled={!read || !door.data || send.isPending}>
            Begin
          </button>
          <button type="button" className="plain" onClick={() => leave.mutate()}>
            Sign out
          </button>
        </div>
      </form>
      <p className="meta">That you acknowledged it is written down, once each time you sign in.</p>
    </Page>
  );
};
