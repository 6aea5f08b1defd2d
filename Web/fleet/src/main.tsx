import "../css/index.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { resume } from "./live/session";
import { startTheme } from "./live/theme";

startTheme();
void resume();
const root = document.getElementById("app");
if (root) createRoot(root).render(<App />);
