import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type CaseRow, type MemberRow, setCaseMember } from '../../lib/api.gen';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { say } from '../../ui/toast';
import { Field, Said } from '../door/Page';
import { useProved } from '../door/Prove';

type Standing = MemberRow['standing'];
interface Props {
  one: CaseRow;
  may: boolean;
  self: string;
}

/** Who is of a case; whoever leads it says so of others, never of themselves. */
export const Members = ({ one, may, self }: Props) => {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [standing, pick] = useState<Standing>('member');
  const { run, dialog, error } = useProved<string>((said) => {
    say(said);
    void client.invalidateQueries({ queryKey: ['cases'] });
  });
  const set = (account: string, as: Standing | null) =>
    run.mutate(async () => {
      await setCaseMember(one.id, { account, standing: as });
      return as === null ? `${account} is of this case no longer.` : `${account} is of this case: ${as}.`;
    });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    set(name, standing);
    setName('');
  };
  return (
    <section>
      <h2 className="big">Who is of it</h2>
      <Scroll label="Members">
        <table className="stacks">
          <Heads of={['Account', 'Standing', ...(may ? ['Acts'] : [])]} />
          <tbody>
            {one.members.map(({ account, standing: now }) => (
              <tr key={account}>
                <th scope="row">{account}</th>
                <td>{now === 'lead' ? 'leads it' : 'member'}</td>
                {may && (
                  <td>
                    {account === self ? (
                      <span className="hint">of yourself another lead decides</span>
                    ) : (
                      <div className="row">
                        <button
                          type="button"
                          className="plain"
                          aria-label={now === 'lead' ? `Make a member: ${account}` : `Let lead: ${account}`}
                          onClick={() => set(account, now === 'lead' ? 'member' : 'lead')}
                        >
                          {now === 'lead' ? 'Make a member' : 'Let lead'}
                        </button>
                        <button
                          type="button"
                          className="plain"
                          aria-label={`Take out: ${account}`}
                          onClick={() => set(account, null)}
                        >
                          Take out
                        </button>
                      </div>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Said error={error} />
      {may && (
        <form onSubmit={submit} className="field-row">
          <Field label="Take in: account" value={name} set={setName} most={64} />
          <label className="door-field">
            <span>As</span>
            <select value={standing} onChange={(e) => pick(e.target.value as Standing)}>
              <option value="member">member</option>
              <option value="lead">lead</option>
            </select>
          </label>
          <button type="submit" className="button" disabled={run.isPending}>
            Take in
          </button>
        </form>
      )}
      {dialog}
    </section>
  );
};
