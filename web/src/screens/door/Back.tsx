import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { beginProvider, comeBack, giveFactor, proveAtProvider } from '../../lib/api.gen';
import { navigate } from '../../lib/router';
import { Loading } from '../../ui/states';
import { Field, Page, Said } from './Page';
import { byKey, KeyButton, type Second } from './Prove';

/** Goes to the agency's own identity provider, to come in or to prove once more who one is. */
export const ProviderButton = ({ host, again = false }: { host: string; again?: boolean }) => {
  const go = useMutation({
    mutationFn: () => (again ? proveAtProvider({}) : beginProvider({})),
    onSuccess: ({ address }) => location.assign(address),
  });
  return (
    <>
      <button type="button" className="button" disabled={go.isPending} onClick={() => go.mutate()}>
        {again ? `Prove it at ${host}` : `Sign in through ${host}`}
      </button>
      <Said error={go.error} />
    </>
  );
};

const Factor = ({ token, onIn }: { token: string; onIn: () => void }) => {
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: async (second: Second | Promise<Second>) => giveFactor({ token, ...(await second) }),
    onSuccess: onIn,
    onError: () => setCode(''),
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate({ code });
  };
  return (
    <Page title="Your second factor">
      <p>Your identity provider says who you are. One proof of your own is needed as well.</p>
      <form onSubmit={submit}>
        <KeyButton use={() => send.mutate(byKey())} disabled={send.isPending || send.isError} />
        <Field label="Code" value={code} set={setCode} complete="one-time-code" most={40} first />
        <Said error={send.error} />
        {send.isError ? (
          <p>
            <a href="/triage">Begin once more</a>
          </p>
        ) : (
          <button type="submit" className="button main" disabled={send.isPending}>
            Go on
          </button>
        )}
      </form>
    </Page>
  );
};

/** Where the identity provider sends the browser back to; what it brought leaves the address bar at once. */
export const Back = () => {
  const client = useQueryClient();
  const [said] = useState(() => new URLSearchParams(location.search));
  useEffect(() => {
    history.replaceState(null, '', '/door');
  }, []);
  const [state, code, iss] = ['state', 'code', 'iss'].map((name) => said.get(name));
  const back = useQuery({
    queryKey: ['back', state],
    queryFn: () => comeBack({ state: state ?? '', code: code ?? '', iss: iss ?? null }),
    enabled: Boolean(state && code),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const enter = () => {
    navigate('/triage', true);
    void client.resetQueries({ queryKey: ['session'] });
  };
  useEffect(() => {
    if (back.data?.kind !== 'in') return;
    navigate('/triage', true);
    void client.resetQueries({ queryKey: ['session'] });
  }, [back.data, client]);
  if (!state || !code || back.isError)
    return (
      <Page title="You did not come in">
        <Said error={back.error} />
        <p>What your identity provider sends opens once, in the browser that went there.</p>
        <p>
          <a href="/triage">Begin once more</a>
        </p>
      </Page>
    );
  if (back.data?.kind === 'second') return <Factor token={back.data.token} onIn={enter} />;
  return (
    <Page title="Coming in">
      <Loading lines={2} />
    </Page>
  );
};
