import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  addPurpose,
  askSecondPerson,
  endPurpose,
  getSession,
  listRequests,
  type PermissionTable,
  type PurposeNew,
  type RequestRow,
} from '../../lib/api.gen';
import { day } from '../../lib/format';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { Field, Said } from '../door/Page';
import { useProved } from '../door/Prove';
import { PURPOSES } from '../door/Purpose';
import { ReasonDialog } from '../records/ReasonDialog';

const ROLES = ['analyst', 'case-lead', 'records-officer', 'supervisor'];

/** Asks a second person for a purpose, in its very words. */
const Ask = () => {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [says, setSays] = useState('');
  const [why, setWhy] = useState('');
  const [roles, setRoles] = useState<string[]>(['analyst']);
  const send = useMutation({
    mutationFn: () =>
      askSecondPerson({
        action: 'purpose.add',
        parameters: { name, says: says.trim(), roles: [...roles].sort().join(' ') },
        why,
      }),
    onSuccess: () => {
      for (const set of [setName, setSays, setWhy]) set('');
      return client.invalidateQueries();
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate();
  };
  const toggle = (role: string) =>
    setRoles(roles.includes(role) ? roles.filter((r) => r !== role) : [...roles, role]);
  return (
    <details>
      <summary>Ask for another purpose</summary>
      <form onSubmit={submit}>
        <Field label="Short name" value={name} set={setName} most={64} hint="small letters and dashes" />
        <Field label="What it is for" value={says} set={setSays} most={400} />
        <fieldset className="choices">
          <legend>Who may state it, for a case</legend>
          {ROLES.map((role) => (
            <label key={role} className="choice">
              <input type="checkbox" checked={roles.includes(role)} onChange={() => toggle(role)} />
              {role}
            </label>
          ))}
        </fieldset>
        <Field label="Why it is needed" value={why} set={setWhy} most={1000} />
        <Said error={send.error} />
        <button type="submit" className="button" disabled={send.isPending || !roles.length}>
          Ask a second person
        </button>
      </form>
    </details>
  );
};

/** One's own requests to which somebody agreed: the purpose is added with their very words. */
const Agreed = ({ rows }: { rows: RequestRow[] }) => {
  const client = useQueryClient();
  const { run, dialog, error } = useProved<unknown>(() => void client.invalidateQueries());
  const add = (row: RequestRow) =>
    run.mutate(() =>
      addPurpose({
        name: row.parameters.name ?? '',
        says: row.parameters.says ?? '',
        roles: (row.parameters.roles ?? '').split(' ') as PurposeNew['roles'],
      }),
    );
  return (
    <>
      {rows.map((row) => (
        <p key={row.id} className="row">
          {row.decided_by} agreed to <b>{row.parameters.name}</b>: {row.parameters.says}
          <button type="button" className="button main" disabled={run.isPending} onClick={() => add(row)}>
            Add it
          </button>
        </p>
      ))}
      <Said error={error} />
      {dialog}
    </>
  );
};

/** The closed list: those of the program, what two people added, and what waits for the second. */
export const Purposes = ({ table }: { table: PermissionTable }) => {
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  const list = useQuery({
    queryKey: ['requests'],
    queryFn: ({ signal }) => listRequests(signal),
    retry: false,
  });
  const [ending, setEnding] = useState('');
  const role = session.data?.role ?? '';
  const agreed = (list.data?.requests ?? []).filter(
    (r) =>
      r.action === 'purpose.add' && r.decision === 'agreed' && !r.used_at && r.by === session.data?.actor,
  );
  return (
    <section>
      <h2 className="big">Purposes</h2>
      <p className="meta">
        The list is closed. Two people add to it, each in its very words, and the audit report tells of it.
        There is none for acting against advertised persons, for immigration, or for screening by landlords,
        banks or employers: words that say so are refused. What somebody means by other words no program
        knows.
      </p>
      <Scroll label="Purposes">
        <table>
          <Heads of={['Purpose', 'Roles', 'Needs a case', 'Added']} />
          <tbody>
            {table.purposes.map((p) => (
              <tr key={p.purpose}>
                <th scope="row">{PURPOSES[p.purpose] ?? p.purpose}</th>
                <td>{p.roles.join(', ')}</td>
                <td>{p.needs_case ? 'yes' : ''}</td>
                <td />
              </tr>
            ))}
            {table.added.map((p) => (
              <tr key={`${p.name} ${p.at}`}>
                <th scope="row">
                  {p.says} <small className="hint">{p.name}</small>
                </th>
                <td>{p.roles.join(', ')}</td>
                <td>yes</td>
                <td>
                  {day(p.at)} by {p.by} and {p.agreed_by}
                  {p.ended_at
                    ? `; ended ${day(p.ended_at)} by ${p.ended_by}`
                    : ['administrator', 'supervisor'].includes(role) && (
                        <button type="button" className="plain" onClick={() => setEnding(p.name)}>
                          End<span className="sr"> {p.name}</span>
                        </button>
                      )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {table.pending.map((p) => (
        <p key={`${p.name} ${p.by}`}>
          Waits for a second person: <b>{p.name}</b>, {p.says} ({p.roles}); {p.by} asks: “{p.why}”
        </p>
      ))}
      <Agreed rows={agreed} />
      {role === 'administrator' && <Ask />}
      {ending && (
        <ReasonDialog
          title={`End the purpose ${ending}`}
          word="End"
          act={(why) => endPurpose(ending, { why }).then((r) => r.sentence)}
          onClose={() => setEnding('')}
        >
          <p>Nobody states it any more; what was done for it stays written down.</p>
        </ReasonDialog>
      )}
    </section>
  );
};
