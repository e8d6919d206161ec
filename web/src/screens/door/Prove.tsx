import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { prove } from '../../lib/api.gen';
import { Dialog } from '../../ui/Dialog';
import { Field, Said } from './Page';

/** Asks once more who somebody is, then goes on with what took it. */
export const Prove = ({ onClose, onProved }: { onClose: () => void; onProved: () => void }) => {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: () => prove({ password, code }),
    onSuccess: onProved,
    onError: () => setCode(''),
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate();
  };
  return (
    <Dialog title="Prove again who you are" onClose={onClose}>
      <form onSubmit={submit}>
        <Field
          label="Password"
          value={password}
          set={setPassword}
          kind="password"
          complete="current-password"
          first
        />
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
