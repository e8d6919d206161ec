import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import { seeDoor, signIn } from '../../lib/api.gen';
import { Failed, Loading } from '../../ui/states';
import { ProviderButton } from './Back';
import { Field, Page, Said } from './Page';
import { byKey, KeyButton, type Second } from './Prove';

const SignIn = ({ notice, provider }: { notice: string; provider: string | null }) => {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: async (second: Second | Promise<Second>) =>
      signIn({ name: name.trim(), password, ...(await second) }),
    onSuccess: () => client.resetQueries(),
    onError: () => setCode(''),
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate({ code });
  };
  return (
    <Page title="Sign in">
      {provider && <ProviderButton host={provider} />}
      <form onSubmit={submit}>
        <Field label="Name" value={name} set={setName} complete="username" most={64} first />
        <Field
          label="Password"
          value={password}
          set={setPassword}
          kind="password"
          complete="current-password"
        />
        <KeyButton use={() => send.mutate(byKey())} disabled={!name.trim() || !password || send.isPending} />
        <Field
          label="Code"
          value={code}
          set={setCode}
          complete="one-time-code"
          most={40}
          hint="Without a security key: six digits from your authenticator, or one of your recovery codes. Each opens once."
        />
        <Said error={send.error} />
        <button type="submit" className="button main" disabled={send.isPending}>
          Sign in
        </button>
      </form>
      <p className="meta">{notice}</p>
    </Page>
  );
};

/** What somebody sees who is not signed in: how one comes in here. */
export const Door = () => {
  const door = useQuery({ queryKey: ['door'], queryFn: ({ signal }) => seeDoor(signal) });
  if (unread(door))
    return (
      <Page title="Homeward">
        <Failed error={door.error} what="The door could not be read" retry={() => door.refetch()} />
      </Page>
    );
  if (!door.data)
    return (
      <Page title="Homeward">
        <Loading lines={2} />
      </Page>
    );
  if (door.data.kind === 'accounts')
    return <SignIn notice={door.data.notice} provider={door.data.provider} />;
  return (
    <Page title="Open the link once more">
      <p>
        This workspace opens with the link that <code>homeward serve</code> printed. Each link opens once.
      </p>
      <p>
        For another one run <code>homeward user link --demo</code> beside it.
      </p>
    </Page>
  );
};
