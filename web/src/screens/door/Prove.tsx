import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { askKey, type KeyAnswer, prove, seeDoor } from '../../lib/api.gen';
import { ApiError } from '../../lib/call';
import { canUseKeys, signWithKey } from '../../lib/passkey';
import { Dialog } from '../../ui/Dialog';
import { ProviderButton } from './Back';
import { Field, Said } from './Page';

export type Second = { code: string } | { key: KeyAnswer };

/** What a key signs in the place of a code. */
export const byKey = async (): Promise<Second> => ({ key: await signWithKey(await askKey({})) });

/** The first choice among second factors. */
export const KeyButton = ({ use, disabled }: { use: () => void; disabled: boolean }) =>
  canUseKeys() ? (
    <button type="button" className="button" disabled={disabled} onClick={use}>
      Use a security key
    </button>
  ) : null;

export const asksProof = (error: unknown) => error instanceof ApiError && error.kind === 'step-up';

/** Runs what may take a fresh proof, and asks for one where the server does. */
export const useProved = <T,>(onSuccess: (said: T) => void) => {
  const [proving, setProving] = useState<(() => Promise<T>) | null>(null);
  const run = useMutation({
    mutationFn: (act: () => Promise<T>) => act(),
    onSuccess,
    onError: (error, act) => asksProof(error) && setProving(() => act),
  });
  const dialog = proving && (
    <Prove
      onClose={() => setProving(null)}
      onProved={() => {
        setProving(null);
        run.mutate(proving);
      }}
    />
  );
  return { run, dialog, error: asksProof(run.error) ? null : run.error };
};

/** Asks once more who somebody is, then goes on with what took it. */
export const Prove = ({ onClose, onProved }: { onClose: () => void; onProved: () => void }) => {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: async (second: Second | Promise<Second>) => prove({ password, ...(await second) }),
    onSuccess: onProved,
    onError: () => setCode(''),
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate({ code });
  };
  const door = useQuery({ queryKey: ['door'], queryFn: ({ signal }) => seeDoor(signal) });
  return (
    <Dialog title="Prove again who you are" onClose={onClose}>
      {door.data?.provider && <ProviderButton host={door.data.provider} again />}
      <form onSubmit={submit}>
        <Field
          label="Password"
          value={password}
          set={setPassword}
          kind="password"
          complete="current-password"
          first
        />
        <KeyButton use={() => send.mutate(byKey())} disabled={!password || send.isPending} />
        <Field label="Code" value={code} set={setCode} complete="one-time-code" most={40} />
        <Said error={send.error} />
        <button type="submit" className="button main" disabled={send.isPending}>
          Go on
        </button>
      </form>
      <p className="meta">This counts for ten minutes.</p>
    </Dialog>
  );
};
