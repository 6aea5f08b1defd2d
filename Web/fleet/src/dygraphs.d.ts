/** The part of dygraphs 2.2 that the history chart uses; Debian's package carries no types. */
declare module "dygraphs" {
  export interface AxisOptions { axisLabelFormatter?: (value: number | Date) => string; axisLabelWidth?: number; pixelsPerLabel?: number }
  export interface Options {
    labels?: string[];
    customBars?: boolean;
    connectSeparatedPoints?: boolean;
    colors?: string[];
    dateWindow?: [number, number] | null;
    valueRange?: [number | null, number | null] | null;
    axes?: { x?: AxisOptions; y?: AxisOptions };
    gridLineColor?: string;
    axisLineColor?: string;
    fillAlpha?: number;
    strokeWidth?: number;
    drawIsolatedPoints?: boolean;
    highlightCircleSize?: number;
    interactionModel?: object;
    yRangePad?: number;
    highlightCallback?: (event: MouseEvent, x: number, points: unknown[], row: number) => void;
    unhighlightCallback?: () => void;
    file?: unknown[];
  }
  export default class Dygraph {
    constructor(element: HTMLElement, data: unknown[], options: Options);
    updateOptions(options: Options, blockRedraw?: boolean): void;
    resize(): void;
    destroy(): void;
    static PLUGINS: unknown[];
    static Plugins: { Legend: unknown };
  }
}
