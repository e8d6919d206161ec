import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import { type CaseRow, getSession, listCases, makeCase } from '../../lib/api.gen';
import { day, many } from '../../lib/format';
import { navigate } from '../../lib/router';
import { Link } from '../../ui/Link';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { NotRead } from '../../ui/NotRead';
import { Empty } from '../../ui/states';
import { say } from '../../ui/toast';
import { Field, Said } from '../door/Page';
import { mayMake, RELATION } from './words';

const Row = ({ one }: { one: CaseRow }) => (
  <tr>
    <th scope="row">
      <Link to={`/cases/${one.id}`}>{one.title}</Link>
    </th>
    <td>
      {one.state}
      {one.sealed && ', sealed'}
    </td>
    <td>{RELATION[one.relation] ?? one.relation}</td>
    <td>
      {one.relation === 'none'
        ? `led by ${one.members.map((m) => m.account).join(', ')}`
        : many(one.members.length, 'member')}
    </td>
    <td className="nowrap">
      <span className="stacked-word">made </span>
      {day(one.made_at)}
    </td>
  </tr>
);

const Make = () => {
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  const make = useMutation({
    mutationFn: () => makeCase({ title }),
    onSuccess: (made) => {
      say(`${made.title} is made, and you lead it.`);
      void client.invalidateQueries({ queryKey: ['cases'] });
      navigate(`/cases/${made.id}`);
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    make.mutate();
  };
  return (
    <section>
      <h2 className="big">Make a case</h2>
      <form onSubmit={submit} className="field-row">
        <Field
          label="Title"
          value={title}
          set={setTitle}
          most={200}
          hint="Its members see it, and supervisors as long as it is not sealed: no names of people."
        />
        <button type="submit" className="button main" disabled={make.isPending}>
          Make the case
        </button>
      </form>
      <Said error={make.error} />
    </section>
  );
};

/** The cases that one may know of, and a new one. */
export const Cases = () => {
  const cases = useQuery({ queryKey: ['cases'], queryFn: ({ signal }) => listCases(signal) });
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  if (unread(cases) || !cases.data)
    return <NotRead of={cases} heading="Cases" what="The cases could not be read" />;
  const found = cases.data.cases;
  const makes = mayMake(session.data?.role ?? '');
  return (
    <div className="people">
      <h1>Cases</h1>
      <p className="meta">
        A case is what a few people work on together. Most purposes are stated with one, and what you note is
        then seen by its members. Cases of others are not listed here.
      </p>
      {found.length > 0 ? (
        <section>
          <h2 className="big">{many(found.length, 'case')}</h2>
          <Scroll label="Cases">
            <table className="stacks">
              <Heads of={['Case', 'State', 'To you', 'People', 'Made']} />
              <tbody>
                {found.map((one) => (
                  <Row key={one.id} one={one} />
                ))}
              </tbody>
            </table>
          </Scroll>
        </section>
      ) : (
        <Empty title="You are in no case yet.">
          <p>{makes ? 'Make one below, or ask' : 'Ask'} whoever leads yours to take you in.</p>
        </Empty>
      )}
      {makes && <Make />}
    </div>
  );
};
