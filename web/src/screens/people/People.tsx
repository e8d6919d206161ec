import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import {
  disablePerson,
  getSession,
  invitePerson,
  listPeople,
  nameAtProvider,
  type PersonRow,
  renewPerson,
  seeDoor,
  setRole,
} from '../../lib/api.gen';
import { day } from '../../lib/format';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading, Note } from '../../ui/states';
import { Field, Said } from '../door/Page';
import { useProved } from '../door/Prove';

export type Role = PersonRow['role'];
type Act = () => Promise<{ token?: string }>;
const seen = (time: string | null) => (time ? day(time) : 'never');

const Link = ({ name, token }: { name: string; token: string }) => (
  <Note icon="shield">
    <p>
      Hand this link to {name} in person. It opens once, within 72 hours, and is not shown again:{' '}
      <code className="break">{`${location.origin}/join#${token}`}</code>
    </p>
  </Note>
);

/** Runs what only an administrator may do; asks for a fresh proof where the server does. */
const useAct = () => {
  const client = useQueryClient();
  return useProved<{ token?: string }>(() => void client.invalidateQueries({ queryKey: ['people'] }));
};

/** Whom the identity provider knows a person as. */
const Subject = ({ person, act, may }: { person: PersonRow; act: (a: Act) => void; may: boolean }) => {
  const [subject, set] = useState(person.subject ?? '');
  const kept = person.subject ?? '';
  if (!may) return <>{kept}</>;
  const keep = () =>
    act(() => nameAtProvider(person.name, { subject: subject.trim() || null }).then(() => ({})));
  return (
    <div className="row">
      <input
        aria-label={`Subject of ${person.name}`}
        value={subject}
        maxLength={255}
        autoComplete="off"
        spellCheck={false}
        onChange={(e) => set(e.target.value)}
      />
      {subject.trim() !== kept && (
        <button
          type="button"
          className="plain"
          aria-label={`Keep the subject of ${person.name}`}
          onClick={keep}
        >
          Keep
        </button>
      )}
    </div>
  );
};

const Person = ({
  person,
  roles,
  act,
  may,
  provider,
}: {
  person: PersonRow;
  roles: Role[];
  provider: boolean;
  act: (a: Act) => void;
  may: boolean;
}) => (
  <tr>
    <th scope="row">{person.display}</th>
    <td>{person.name}</td>
    <td>
      {may ? (
        <select
          aria-label={`Role of ${person.name}`}
          value={person.role}
          onChange={(e) => {
            const role = e.target.value as Role; // read now: it is put back before the act runs
            act(() => setRole(person.name, { role }).then(() => ({})));
          }}
        >
          {roles.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
      ) : (
        person.role
      )}
    </td>
    <td>{person.state}</td>
    <td className="nowrap">
      <span className="stacked-word">last signed in: </span>
      {seen(person.seen_at)}
    </td>
    {provider && (
      <td>
        <Subject person={person} act={act} may={may} />
      </td>
    )}
    <td>
      {may && person.state !== 'disabled' && (
        <div className="row">
          <button
            type="button"
            className="plain"
            aria-label={`New link for ${person.name}`}
            onClick={() => act(() => renewPerson(person.name, {}))}
          >
            New link
          </button>
          <button
            type="button"
            className="plain"
            aria-label={`Cut off ${person.name}`}
            onClick={() => act(() => disablePerson(person.name, {}).then(() => ({})))}
          >
            Cut off
          </button>
        </div>
      )}
    </td>
  </tr>
);

/** Who is here, and in which role. */
export const People = ({ roles }: { roles: Role[] }) => {
  const people = useQuery({ queryKey: ['people'], queryFn: ({ signal }) => listPeople(signal) });
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  const may = session.data?.role === 'administrator';
  const door = useQuery({ queryKey: ['door'], queryFn: ({ signal }) => seeDoor(signal) });
  const provider = Boolean(door.data?.provider);
  const heads = [
    'Person',
    'Name',
    'Role',
    'State',
    'Last signed in',
    ...(provider ? ['At the provider'] : []),
    'Acts',
  ];
  const { run, dialog, error } = useAct();
  const [name, setName] = useState('');
  const [role, pick] = useState<Role>('analyst');
  const [invited, setInvited] = useState('');
  const act = (whom: string) => (a: Act) => {
    setInvited(whom);
    run.mutate(a);
  };
  const submit = (e: FormEvent) => {
    e.preventDefault();
    act(name)(() => invitePerson({ name, role }));
    setName('');
  };
  if (unread(people)) return <Failed error={people.error} what="The people could not be read" />;
  if (!people.data) return <Loading />;
  return (
    <section>
      <h2 className="big">People</h2>
      <Scroll label="People">
        <table className="stacks accounts">
          <Heads of={heads} />
          <tbody>
            {people.data.people.map((person) => (
              <Person
                key={person.name}
                person={person}
                roles={roles}
                provider={provider}
                act={act(person.name)}
                may={may && person.name !== session.data?.actor}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      {run.data?.token && <Link name={invited} token={run.data.token} />}
      <Said error={error} />
      {may && (
        <form onSubmit={submit} className="field-row">
          <Field label="Invite: name" value={name} set={setName} most={64} />
          <label className="door-field">
            <span>Role</span>
            <select value={role} onChange={(e) => pick(e.target.value as Role)}>
              {roles.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <button type="submit" className="button main" disabled={run.isPending}>
            Invite
          </button>
        </form>
      )}
      {dialog}
    </section>
  );
};
