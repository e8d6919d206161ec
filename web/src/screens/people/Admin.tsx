import { useQuery } from '@tanstack/react-query';
import { seePermissions } from '../../lib/api.gen';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading } from '../../ui/states';
import { PURPOSES } from '../door/Purpose';
import { Broken } from './Glass';
import { People, type Role } from './People';

/** Who is here, in which role, for which purposes. */
export const Admin = () => {
  const table = useQuery({ queryKey: ['permissions'], queryFn: ({ signal }) => seePermissions(signal) });
  if (table.isError)
    return (
      <div className="pad">
        <Failed error={table.error} what="The table could not be read" retry={() => table.refetch()} />
      </div>
    );
  if (!table.data)
    return (
      <div className="pad">
        <Loading />
      </div>
    );
  return (
    <div className="people">
      <h1>People, roles and purposes</h1>
      <People roles={table.data.roles as Role[]} />
      <Broken />
      <section>
        <h2 className="big">Purposes</h2>
        <p className="meta">The list is closed. Adding one changes the program.</p>
        <Scroll label="Purposes">
          <table>
            <Heads of={['Purpose', 'Roles', 'Needs a case']} />
            <tbody>
              {table.data.purposes.map((p) => (
                <tr key={p.purpose}>
                  <th scope="row">{PURPOSES[p.purpose as keyof typeof PURPOSES] ?? p.purpose}</th>
                  <td>{p.roles.join(', ')}</td>
                  <td>{p.needs_case ? 'yes' : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
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
