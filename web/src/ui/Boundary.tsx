import { Component, type ReactNode } from 'react';
import { Failed } from './states';

/** What fails while drawing a screen is said in its place; the way to the other screens stays open. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('unknown') };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="pad">
        <Failed
          heading="Homeward"
          error={this.state.error}
          what="This screen cannot be shown"
          retry={() => location.reload()}
        />
      </div>
    );
  }
}
