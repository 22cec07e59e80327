"""The look of Gradio's own parts: they take the colours and faces of page.css, light and dark alike.

>>> # app.launch(theme=house_theme())
"""

from __future__ import annotations

import gradio as gr

__all__ = ["house_theme"]

FONTS = ("-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif")
FIXED_FONTS = ("ui-monospace", "Consolas", "Liberation Mono", "monospace")

# Gradio's names for what it paints, and ours; both schemes get the same name, whose colour changes with the scheme.
PAINTED = {
    "body_background_fill": "--paper",
    "body_text_color": "--ink",
    "body_text_color_subdued": "--soft",
    "background_fill_primary": "--sheet",
    "background_fill_secondary": "--paper",
    "block_background_fill": "--sheet",
    "block_border_color": "--line",
    "block_info_text_color": "--soft",
    "block_label_background_fill": "--sheet",
    "block_label_text_color": "--soft",
    "block_title_text_color": "--soft",
    "border_color_accent": "--accent",
    "border_color_primary": "--line",
    "button_cancel_background_fill": "--sheet",
    "button_cancel_border_color": "--line",
    "button_cancel_text_color": "--warning",
    "button_primary_background_fill": "--accent",
    "button_primary_background_fill_hover": "--accent-strong",
    "button_primary_border_color": "--accent",
    "button_primary_text_color": "--sheet",
    "button_secondary_background_fill": "--sheet",
    "button_secondary_background_fill_hover": "--accent-wash",
    "button_secondary_border_color": "--line",
    "button_secondary_text_color": "--ink",
    "checkbox_background_color": "--sheet",
    "checkbox_background_color_selected": "--accent",
    "checkbox_border_color": "--soft",
    "checkbox_border_color_focus": "--accent",
    "checkbox_border_color_selected": "--accent",
    "checkbox_label_background_fill": "--sheet",
    "checkbox_label_background_fill_hover": "--accent-wash",
    "checkbox_label_background_fill_selected": "--accent-wash",
    "checkbox_label_border_color": "--line",
    "checkbox_label_text_color": "--ink",
    "checkbox_label_text_color_selected": "--ink",
    "color_accent_soft": "--accent-wash",
    "input_background_fill": "--sheet",
    "input_background_fill_focus": "--sheet",
    "input_border_color": "--line",
    "input_border_color_focus": "--accent",
    "input_placeholder_color": "--soft",
    "link_text_color": "--accent",
    "link_text_color_hover": "--accent-strong",
    "link_text_color_visited": "--accent",
    "loader_color": "--accent",
    "panel_background_fill": "--paper",
    "slider_color": "--accent",
    "table_border_color": "--line",
    "table_even_background_fill": "--sheet",
    "table_odd_background_fill": "--paper",
    "table_row_focus": "--accent-wash",
    "table_text_color": "--ink",
}


def house_theme() -> gr.themes.Base:
    """Gradio's plainest theme in our colours."""
    theme = gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=FONTS, font_mono=FIXED_FONTS)
    painted = {name: f"var({colour})" for name, colour in PAINTED.items()}
    return theme.set(**painted, **{f"{name}_dark": colour for name, colour in painted.items()})
