import { Component, type ReactNode } from "react";
import { Empty } from "./Empty";

interface Props { children: ReactNode }

/** Keeps a page that fails to draw from taking the menu with it. React has no hook for this, hence a class. */
export class Boundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Empty title="This page could not be shown.">
        <button type="button" className="button" onClick={() => location.reload()}>Load it again</button>
      </Empty>
    );
  }
}
