import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import { getAccount, listCases, type PurposeRow, signOut, statePurpose } from '../../lib/api.gen';
import { navigate } from '../../lib/router';
import { Link } from '../../ui/Link';
import { Failed, Loading } from '../../ui/states';
import { mayMake } from '../cases/words';
import { Page, Said } from './Page';

export const PURPOSES: Record<string, string> = {
  'identify-possible-victim': 'Identify a possible victim',
  'missing-person': 'Look for a missing person',
  'trafficking-investigation': 'Trafficking investigation',
  'follow-up-after-recovery': 'Follow up after a recovery',
  disclosure: 'Disclosure',
  audit: 'Audit',
  'training-on-synthetic-data': 'Training on synthetic data',
};

/** What a purpose is called; one that this screen does not know stays as it is written. */
export const purposeWord = (purpose: string): string => PURPOSES[purpose] ?? purpose;

/** What stands in the list of cases before one is chosen. */
const noCase = (any: boolean, needs: boolean) => {
  if (!any) return 'You are in no case yet';
  return needs ? 'Choose a case' : 'No case';
};

/** For which purpose, and which case, one works from now on. */
export const Purpose = ({ onDone }: { onDone?: () => void }) => {
  const client = useQueryClient();
  const account = useQuery({ queryKey: ['account'], queryFn: ({ signal }) => getAccount(signal) });
  const cases = useQuery({ queryKey: ['cases'], queryFn: ({ signal }) => listCases(signal), retry: false });
  const [purpose, setPurpose] = useState<PurposeRow['purpose'] | ''>('');
  const [chosen, setChosen] = useState('');
  const done = () => {
    onDone?.();
    void client.resetQueries();
  };
  const send = useMutation({
    mutationFn: (p: PurposeRow['purpose']) => statePurpose({ purpose: p, case: chosen || null }),
    onSuccess: done,
  });
  const leave = useMutation({
    mutationFn: () => signOut({}),
    onSettled: () => {
      navigate('/triage', true);
      return client.resetQueries();
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (purpose) send.mutate(purpose);
  };
  if (unread(account))
    return (
      <Page title="Why are you here?">
        <Failed error={account.error} what="Your account could not be read" retry={() => account.refetch()} />
      </Page>
    );
  if (!account.data)
    return (
      <Page title="Why are you here?">
        <Loading lines={3} />
      </Page>
    );
  const mine = (cases.data?.cases ?? []).filter((one) => one.relation !== 'none');
  const needs = account.data.purposes.find((p) => p.purpose === purpose)?.needs_case ?? false;
  return (
    <Page title="Why are you here?">
      <p>What you look at, search and take out is written down with this purpose.</p>
      <form onSubmit={submit}>
        <fieldset className="choices">
          <legend className="sr">Purpose</legend>
          {account.data.purposes.map((p) => (
            <label key={p.purpose} className="choice">
              <input
                type="radio"
                name="purpose"
                value={p.purpose}
                checked={purpose === p.purpose}
                onChange={() => setPurpose(p.purpose)}
              />
              {PURPOSES[p.purpose] ?? p.says}
            </label>
          ))}
        </fieldset>
        <label className="door-field">
          <span>Case{needs ? '' : ' (if there is one)'}</span>
          <select value={chosen} required={needs} onChange={(e) => setChosen(e.target.value)}>
            <option value="">{noCase(mine.length > 0, needs)}</option>
            {mine.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
          {needs && mine.length === 0 && (
            <small className="hint">
              This purpose needs a case: whoever leads yours takes you in
              {mayMake(account.data.role) && (
                <>
                  , or you <Link to="/cases">make one</Link>
                </>
              )}
              .
            </small>
          )}
        </label>
        <Said error={send.error} />
        <div className="row">
          <button type="submit" className="button main" disabled={!purpose || send.isPending}>
            Go on
          </button>
          <button type="button" className="plain" onClick={() => leave.mutate()}>
            Sign out
          </button>
        </div>
      </form>
      <p className="meta">
        There is no purpose for acting against advertised persons, for immigration, or for screening by
        landlords, banks or employers.
      </p>
    </Page>
  );
};
