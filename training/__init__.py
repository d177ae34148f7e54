"""Makes the model that the package ships: data, training, export, calibration, evaluation (extra [train])."""
