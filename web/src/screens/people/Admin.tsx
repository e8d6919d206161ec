import { useQuery } from '@tanstack/react-query';
import { unread } from '../../lib/again';
import { seePermissions } from '../../lib/api.gen';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { NotRead } from '../../ui/NotRead';
import { Retention } from '../records/Retention';
import { Sources } from '../records/Sources';
import { Broken } from './Glass';
import { People, type Role } from './People';
import { Purposes } from './Purposes';
import { Requests } from './Requests';

/** Who is here, in which role, for which purposes. */
export const Admin = () => {
  const table = useQuery({ queryKey: ['permissions'], queryFn: ({ signal }) => seePermissions(signal) });
  if (unread(table) || !table.data) return <NotRead of={table} what="The table could not be read" />;
  return (
    <div className="people">
      <h1>People, roles and purposes</h1>
      <People roles={table.data.roles as Role[]} />
      <Broken />
      <Requests />
      <Retention may={false} />
      <Sources may={false} />
      <Purposes table={table.data} />
      <section>
        <h2 className="big">Who may do what</h2>
        <Scroll label="Who may do what">
          <table>
            <Heads of={['Act', 'Roles', 'Takes']} />
            <tbody>
              {table.data.rules.map((r) => (
                <tr key={r.act}>
                  <th scope="row">{r.says}</th>
                  <td>{r.roles.join(', ')}</td>
                  <td>
                    {[r.purpose && 'purpose', r.step_up && 'fresh proof', r.second && 'second person']
                      .filter(Boolean)
                      .join(', ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
    </div>
  );
};
