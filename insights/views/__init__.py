"""Pages of figures and of the lists behind them."""
